"""Short texts for a language model to learn from and to read."""

from typing import Final

STORY: Final = """\
In the morning the fox came down to the river. The river was low and the stones were dry, and the fox walked over the \
stones to the other side. On the other side stood a house, and in the house lived an old man and a small gray cat. The \
cat sat at the window and watched the fox. The fox sat down by the water and watched the cat.

"What do you want?" asked the cat.

"I want to know what is in the house," said the fox. "I have seen the door and the window and the smoke over the roof, \
and I have never seen what is inside."

"There is a table in the house," said the cat, "and there is a chair, and there is a fire, and the old man sits in the \
chair by the fire and tells me stories in the evening."

"What are the stories about?" asked the fox.

"They are about foxes," said the cat. "In the stories the foxes are clever, and in the end they are always caught."

The fox thought about that. The sun came over the hill, and the water in the river was bright. Then the fox stood up \
and shook the dust out of its coat.

"Tell the old man," said the fox, "that I have a story for him. In my story the man sits in the house all day, and he \
tells the cat about the world, and the world sits at the river and waits for him to come out."

The cat told the old man the story in the evening. He looked at the fire for a long time. In the morning he took his \
coat and his stick, and he opened the door, and he walked down to the river with the cat. The stones were dry. The fox \
was not there. But on the other side of the water, where the path goes up the hill, there were marks in the dust, and \
the old man and the cat went over the stones and walked after them the whole day long.
"""
MORE: Final = """\
In the evening the old man and the cat came to the top of the hill. The fox sat on a stone and watched the sun go down.

"So you have come out of the house," said the fox.

"I have come to hear the end of the story," said the old man. "What does the man do when he comes to the river?"

"He walks over the stones," said the fox, "and then he tells the story himself."

The cat thought about that, and then it sat down by the fox, and they looked at the world, and it was large and bright.
"""
GERMAN: Final = """\
Am Abend kamen der alte Mann und die Katze oben auf dem Hügel an. Der Fuchs saß auf einem Stein und sah zu, wie die \
Sonne unterging. "Du bist also aus dem Haus gekommen", sagte der Fuchs. "Ich will das Ende der Geschichte hören", \
sagte der alte Mann.
"""
# The texts that a model of the story can read, by the values of the control that chooses one.
SAMPLES: Final = {"on": MORE, "german": GERMAN, "itself": STORY}
