"""Flash cards: missed questions come back, known ones do not."""

from xent_ui.self_test.flashcards import KNEW, MISSED, PARTLY, Deck, shuffled

IDS = tuple("abcdefghijklmno")


def test_missed_questions_come_back_sooner_and_known_ones_do_not():
    deck = shuffled(IDS, seed=1)
    assert sorted(deck.queue) == sorted(IDS)
    first = deck.queue[0]
    assert deck.graded(MISSED).queue.index(first) == 3
    assert deck.graded(PARTLY).queue.index(first) == 7
    assert first not in deck.graded(KNEW).queue


def test_a_deck_ends_when_every_question_was_known():
    deck, asked = shuffled(IDS, seed=1), 0
    while deck.queue:
        deck = deck.graded(KNEW if asked % 3 else MISSED)
        asked += 1
    assert deck.count(KNEW) == len(IDS)
    assert deck.count(MISSED) == asked - len(IDS)


def test_grading_hides_the_answer_of_the_next_question():
    assert not Deck(("a", "b"), revealed=True).graded(KNEW).revealed


def test_a_question_that_is_missed_last_comes_back_at_once():
    assert Deck(("a",)).graded(MISSED).queue == ("a",)
