"""Statements that are true or false and will stay so, to be answered with a probability.

General knowledge only: no opinion, no record that may fall, no number that grows. Each names a source in which it can
be looked up. As many of each level as of the others, and about as many true as false.
"""

from functools import cache
from typing import Final, NamedTuple

import numpy as np

ROUND: Final = 12
EASY, MEDIUM, HARD = 1, 2, 3


class Fact(NamedTuple):
    """One statement, whether it is true, why in a sentence, where to look it up, and how hard it is (1 to 3)."""

    id: str
    statement: str
    true: bool
    because: str
    source: str
    level: int


FACTS: Final[tuple[Fact, ...]] = (
    Fact("sunlight", "Light from the Sun takes more than five minutes to reach the Earth.", True,
         "It takes about eight minutes and twenty seconds.", "NASA, Sun Fact Sheet", EASY),
    Fact("shark_mammal", "A whale is a mammal, and a shark is not.", True,
         "Whales nurse their young; sharks are fish.", "Encyclopaedia Britannica, “Mammal”", EASY),
    Fact("graphite", "Diamond and graphite are made of the same element.", True,
         "Both are carbon; only the arrangement of the atoms differs.", "IUPAC Gold Book, “graphite”", EASY),
    Fact("everest_border", "Mount Everest stands on the border of Nepal and China.", True,
         "The border runs over the summit.", "Encyclopaedia Britannica, “Mount Everest”", EASY),
    Fact("sound_water", "Sound travels faster in water than in air.", True,
         "About 1,480 against 343 metres a second at 20 °C.",
         "CRC Handbook of Chemistry and Physics, speed of sound", EASY),
    Fact("wall_union", "The Berlin Wall fell before the Soviet Union was dissolved.", True,
         "1989 and 1991.", "Encyclopaedia Britannica, “Berlin Wall”", EASY),
    Fact("shakespeare_newton", "Shakespeare died before Newton was born.", True,
         "Shakespeare died in 1616; Newton was born in 1642 (old calendar).",
         "Oxford Dictionary of National Biography", EASY),
    Fact("brazil_portuguese", "The official language of Brazil is Portuguese.", True,
         "Brazil's constitution says so in article 13.", "Constitution of Brazil (1988), article 13", EASY),
    Fact("root_two", "The square root of 2 is no fraction of two whole numbers.", True,
         "If it were, both numbers of the fraction in lowest terms would have to be even.",
         "Euclid, Elements, book X", EASY),
    Fact("curie_two", "Marie Curie was awarded Nobel Prizes in two different sciences.", True,
         "Physics in 1903, chemistry in 1911.", "The Nobel Foundation, list of laureates", EASY),
    Fact("mountain_boil", "Water boils at a lower temperature on a high mountain than by the sea.", True,
         "The air presses less on it; at 3,000 m it boils at about 90 °C.",
         "CRC Handbook, vapour pressure of water", EASY),
    Fact("four_chambers", "The human heart has four chambers.", True,
         "Two atria and two ventricles.", "Gray's Anatomy, “Heart”", EASY),
    Fact("sydney", "Sydney is the capital of Australia.", False,
         "Canberra is; it was founded to be.", "Encyclopaedia Britannica, “Canberra”", EASY),
    Fact("bats_blind", "Bats are blind.", False,
         "All of them can see, and large fruit bats see well at night.", "Encyclopaedia Britannica, “Bat”", EASY),
    Fact("wall_moon", "The Great Wall of China can be seen from the Moon with the naked eye.", False,
         "From the Moon not even continents show more than their colours; the wall is a few metres wide.",
         "NASA, “China's Wall Less Great in View from Space”", EASY),
    Fact("penguin_bear", "Polar bears live wild in Antarctica.", False,
         "They live around the North Pole only.", "IUCN Red List, Ursus maritimus", EASY),
    Fact("iron_ir", "The chemical symbol of iron is Ir.", False,
         "It is Fe, from Latin ferrum; Ir is iridium.", "IUPAC, Periodic Table of the Elements", EASY),
    Fact("africa_asia", "Africa is larger than Asia.", False,
         "About 30 against 44 million square kilometres.", "Encyclopaedia Britannica, “Continent”", EASY),
    Fact("amazon_pacific", "The Amazon flows into the Pacific Ocean.", False,
         "It rises near the Pacific and flows east into the Atlantic.",
         "Encyclopaedia Britannica, “Amazon River”", EASY),
    Fact("titanic", "The Titanic sank on her way from New York to Southampton.", False,
         "She was on her way to New York.", "British Wreck Commissioner's Inquiry, report (1912)", EASY),
    Fact("lightning", "Lightning never strikes the same place twice.", False,
         "Tall buildings are struck many times a year.", "US National Weather Service, lightning myths", EASY),
    Fact("revolution_napoleon", "The French Revolution began after Napoleon was crowned emperor.", False,
         "It began in 1789; he was crowned in 1804.", "Encyclopaedia Britannica, “French Revolution”", EASY),
    Fact("two_right_angles", "In a plane there are triangles with two right angles.", False,
         "The three angles make two right angles together, and the third is not nothing.",
         "Euclid, Elements, I.32", EASY),
    Fact("tomato", "The Romans of antiquity cooked with tomatoes.", False,
         "Tomatoes come from America and reached Europe in the sixteenth century.",
         "Oxford Companion to Food, “Tomato”", EASY),
    Fact("gold_lead", "Gold is denser than lead.", True,
         "19.3 against 11.3 grams a cubic centimetre.", "CRC Handbook, density of the elements", MEDIUM),
    Fact("venus_day", "Venus takes longer to turn once on its axis than to go once round the Sun.", True,
         "243 days against 225.", "NASA, Venus Fact Sheet", MEDIUM),
    Fact("oxford_aztec", "Students were taught at Oxford before the Aztecs founded Tenochtitlan.", True,
         "Teaching is recorded in 1096; Tenochtitlan was founded in 1325.", "University of Oxford, “History”", MEDIUM),
    Fact("cleopatra", "Cleopatra lived nearer in time to the Moon landing than to the building of the Great Pyramid.",
         True, "She died in 30 BC: some 2,500 years after the pyramid, 2,000 before the landing.",
         "Encyclopaedia Britannica, “Great Pyramid of Giza”", MEDIUM),
    Fact("canada_coast", "Canada has the longest coastline of all countries.", True,
         "More than 200,000 km, thanks to its islands; the next has a quarter of that.",
         "CIA World Factbook, coastline", MEDIUM),
    Fact("banana_berry", "To a botanist a banana is a berry and a strawberry is not.", True,
         "A berry grows from one ovary; a strawberry is a swollen receptacle that carries many small fruits.",
         "Encyclopaedia Britannica, “Berry”", MEDIUM),
    Fact("worker_bees", "All worker bees of a honey-bee hive are female.", True,
         "The males, the drones, do not work.", "Seeley, Honeybee Democracy (2010), chapter 2", MEDIUM),
    Fact("helium_sun", "Helium was seen in the light of the Sun before it was found on Earth.", True,
         "In 1868, as a yellow line; it is named after the Sun.", "Royal Society of Chemistry, “Helium”", MEDIUM),
    Fact("octopus", "An octopus has three hearts.", True,
         "One for the body and one for each gill.", "Encyclopaedia Britannica, “Octopus”", MEDIUM),
    Fact("birthday", "With all birthdays equally likely, 23 people are more likely than not to share one.", True,
         "The chance is 50.7 %: they make 253 pairs.",
         "Feller, An Introduction to Probability Theory, volume 1, II.3", MEDIUM),
    Fact("panama", "The Pacific end of the Panama Canal lies farther east than its Caribbean end.", True,
         "The isthmus bends there; the canal runs south-east to the Pacific.",
         "Encyclopaedia Britannica, “Panama Canal”", MEDIUM),
    Fact("eiffel_olympics", "The Eiffel Tower was finished before the first modern Olympic Games.", True,
         "1889 and 1896.", "Encyclopaedia Britannica, “Eiffel Tower”", MEDIUM),
    Fact("hottest_planet", "Mercury is the planet with the hottest surface.", False,
         "Venus is hotter, about 464 °C everywhere, under its blanket of carbon dioxide.",
         "NASA, Planetary Fact Sheet", MEDIUM),
    Fact("bones", "A grown-up has more bones than a newborn baby.", False,
         "About 206 against some 270: many grow together.", "Encyclopaedia Britannica, “Skeleton”", MEDIUM),
    Fact("largest_desert", "Counting cold deserts too, the Sahara is the largest desert on Earth.", False,
         "Antarctica is: it hardly ever snows there, and it is larger.", "US Geological Survey, “Deserts”", MEDIUM),
    Fact("kilimanjaro", "Mount Kilimanjaro stands in Kenya.", False,
         "It stands in Tanzania, near the border.", "UNESCO World Heritage List, Kilimanjaro National Park", MEDIUM),
    Fact("hundred_years", "The Hundred Years' War lasted less than a hundred years.", False,
         "From 1337 to 1453.", "Encyclopaedia Britannica, “Hundred Years' War”", MEDIUM),
    Fact("mozart", "Mozart was born in Vienna.", False,
         "In Salzburg, in 1756.", "Grove Music Online, “Mozart”", MEDIUM),
    Fact("turkey_capital", "Istanbul is the capital of Turkey.", False,
         "Ankara has been since 1923.", "Constitution of Turkey (1982), article 3", MEDIUM),
    Fact("london_berlin", "London lies farther north than Berlin.", False,
         "51.5° against 52.5° north.", "The Times Comprehensive Atlas of the World, index", MEDIUM),
    Fact("rome_new_york", "Rome lies farther south than New York City.", False,
         "Rome lies at 41.9° north, New York at 40.7°.", "The Times Comprehensive Atlas of the World, index", MEDIUM),
    Fact("rings", "Saturn is the only planet of the Solar System that has rings.", False,
         "Jupiter, Uranus and Neptune have faint ones.", "NASA, Planetary Fact Sheet", MEDIUM),
    Fact("einstein_prize", "Einstein was awarded the Nobel Prize for the theory of relativity.", False,
         "For the law of the photoelectric effect above all, in 1921.", "The Nobel Foundation, Physics 1921", MEDIUM),
    Fact("email_moon", "The first e-mail between two computers was sent before the first Moon landing.", False,
         "In 1971; the landing was in 1969.", "Hafner and Lyon, Where Wizards Stay Up Late (1996)", MEDIUM),
    Fact("baikal", "Lake Baikal holds more water than the five Great Lakes of North America together.", True,
         "About 23,600 against 22,700 cubic kilometres: it is 1,642 m deep.",
         "Encyclopaedia Britannica, “Lake Baikal”", HARD),
    Fact("france_brazil", "The country with which France shares its longest land border is Brazil.", True,
         "French Guiana is part of France; its border with Brazil is longer than the one with Spain.",
         "CIA World Factbook, France, land boundaries", HARD),
    Fact("unicorn", "The heraldic animal of Scotland is the unicorn.", True,
         "Two unicorns bear the old royal arms of Scotland.", "National Trust for Scotland, “The unicorn”", HARD),
    Fact("wombat", "The droppings of wombats are cubes.", True,
         "Their intestine stretches unevenly and shapes them.", "Yang et al. (2021), Soft Matter 17", HARD),
    Fact("mammoth", "Mammoths still lived when the Great Pyramid was built.", True,
         "The last died out on Wrangel Island about 4,000 years ago.", "Vartanyan et al. (1993), Nature 362", HARD),
    Fact("fax_telephone", "A fax machine was patented before the telephone.", True,
         "Bain's in 1843, Bell's telephone in 1876.", "Encyclopaedia Britannica, “Fax”", HARD),
    Fact("nintendo", "Nintendo was founded while the Ottoman Empire still stood.", True,
         "In 1889, to make playing cards.", "Nintendo Co., Ltd., “Company history”", HARD),
    Fact("liechtenstein", "All neighbours of Liechtenstein are themselves without a coast.", True,
         "They are Switzerland and Austria.", "CIA World Factbook, Liechtenstein", HARD),
    Fact("gallium", "There is a metal that is not mercury and melts in a warm hand.", True,
         "Gallium melts at 29.8 °C.", "CRC Handbook, melting points of the elements", HARD),
    Fact("prime_sum", "1/2 + 1/3 + 1/5 + 1/7 + …, over all prime numbers, grows without end.", True,
         "Euler proved it in 1737; it grows like the logarithm of a logarithm.",
         "Hardy and Wright, An Introduction to the Theory of Numbers, theorem 19", HARD),
    Fact("perfect_shuffle", "Eight perfect shuffles that keep the top card on top bring 52 cards back into order.",
         True,
         "2⁸ = 256 = 5 · 51 + 1.", "Diaconis, Graham, Kantor (1983), The mathematics of perfect shuffles", HARD),
    Fact("bach_handel", "Bach and Handel were born in the same year.", True,
         "In 1685, 130 km apart; they never met.", "Grove Music Online, “Handel”", HARD),
    Fact("chimborazo", "The summit of Mount Everest is the point of the Earth's surface farthest from its centre.",
         False,
         "The Earth bulges at the equator; the summit of Chimborazo is farther out.",
         "US NOAA, “What is the highest point on Earth?”", HARD),
    Fact("angel_falls", "The Angel Falls in Venezuela are named after angels.", False,
         "After Jimmie Angel, who flew over them in 1933.", "Encyclopaedia Britannica, “Angel Falls”", HARD),
    Fact("canaries", "The Canary Islands are named after the birds.", False,
         "After dogs, canes in Latin; the birds are named after the islands.",
         "Pliny the Elder, Natural History, VI.37", HARD),
    Fact("prime_squares", "Every odd prime number is the sum of two squares.", False,
         "3 is not, nor 7, nor any that leaves 3 when divided by 4.", "Hardy and Wright, theorem 366", HARD),
    Fact("hubble", "The Hubble telescope orbits higher than the satellites of GPS.", False,
         "About 500 km against 20,200 km.", "NASA, “Hubble”; US Space Force, GPS", HARD),
    Fact("poker", "There are more than three million different hands of five cards from a pack of 52.", False,
         "52 · 51 · 50 · 49 · 48 / 120 = 2,598,960.",
         "Feller, An Introduction to Probability Theory, volume 1, II.5", HARD),
    Fact("noble_gases", "Mendeleev's first periodic table of 1869 listed the noble gases.", False,
         "Argon was discovered in 1894; nobody had suspected a whole group.",
         "Royal Society of Chemistry, “Argon”", HARD),
    Fact("sound_pressure", "At a given temperature sound is clearly slower in thin air than in dense air.", False,
         "Pressure and density fall together; what counts is the temperature.",
         "Feynman Lectures on Physics, volume I, chapter 47", HARD),
    Fact("victoria", "Lake Victoria drains into the Congo.", False,
         "Into the Nile, at Jinja.", "Encyclopaedia Britannica, “Lake Victoria”", HARD),
    Fact("kuala_lumpur", "Kuala Lumpur lies south of the equator.", False,
         "About 3° north of it.", "The Times Comprehensive Atlas of the World, index", HARD),
    Fact("lima_miami", "Lima in Peru lies farther west than Miami in Florida.", False,
         "77.0° against 80.2° west: South America lies far to the east.",
         "The Times Comprehensive Atlas of the World, index", HARD),
    Fact("westphalia", "The Peace of Westphalia ended the Hundred Years' War.", False,
         "The Thirty Years' War, in 1648.", "Encyclopaedia Britannica, “Peace of Westphalia”", HARD),
)  # fmt: skip


@cache
def drawn(number: int) -> tuple[Fact, ...]:
    """The twelve statements of a round, as many of each level; the same number draws the same, for everybody.

    Rounds 1 to 6 have no statement in common, nor have 7 to 12, and so on.

    >>> len(set(fact.id for number in range(1, 7) for fact in drawn(number)))
    72
    """
    levels = [[fact for fact in FACTS if fact.level == level] for level in (EASY, MEDIUM, HARD)]
    each = ROUND // len(levels)
    cycle = min(map(len, levels)) // each
    again, place = divmod(number - 1, cycle)
    chance = np.random.default_rng([again, 2024])
    shuffled = [[level[i] for i in chance.permutation(len(level))] for level in levels]
    chosen = [fact for level in shuffled for fact in level[place * each : (place + 1) * each]]
    return tuple(chosen[i] for i in np.random.default_rng([again, place]).permutation(ROUND))
