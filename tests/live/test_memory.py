"""What pages keep of a learner's work, without a browser that answers."""

import json

from streamlit.testing.v1 import AppTest

from tests.pages.helpers import open_lesson, says
from xent_ui.live.record import Record

RECORD = "record_of_learner"


def a_page():
    """A page that earns while it runs, and has a button of its own."""
    import streamlit as st

    from xent_ui.live import memory, session

    memory.start_page()
    session.kept("deck", 1, lambda: "shuffled")
    st.button("Earn", key="earn", on_click=memory.earn, args=("surprise/three_bits",))
    st.button("Keep", key="keep", on_click=memory.remember, args=("round", [1, 2]))
    st.button("Forget", key="forget", on_click=memory.forget_everything)
    if st.button("Earn late", key="late"):
        memory.earn("surprise?halves")
    st.write(sorted(memory.earned()), memory.recall("round", "nothing"), memory.is_kept())
    memory.end_page()


def run() -> AppTest:
    app = AppTest.from_function(a_page).run()
    assert not app.exception, app.exception[0].message
    return app


def messages(app):
    """Return what the components of the page tell the browser, in order."""
    return [json.loads(element.proto.json) for element in app.main.get("bidi_component")]


def test_without_a_browser_a_page_shows_its_defaults():
    app = run()
    (told,) = messages(app)
    assert (told["epoch"], told["marks"], told["values"], told["versions"]) == (None, [], {}, {})
    assert "nothing" in app.markdown[0].value


def test_what_a_callback_earns_is_told_by_the_component_at_the_beginning():
    app = run()
    app.button(key="earn").click().run()
    app.button(key="keep").click().run()
    (told,) = messages(app)
    assert told["marks"] == ["surprise/three_bits"]
    assert told["values"]["round"][2] == "[1,2]"
    assert told["versions"]["round"] == told["values"]["round"][:2]
    app.run()
    assert messages(app)[0]["values"], "it is told again, because the browser has not confirmed it"


def test_what_is_earned_while_a_page_runs_is_told_at_its_end():
    app = run()
    app.button(key="late").click().run()
    first, last = messages(app)
    assert first["marks"] == []
    assert last["news"]["marks"] == ["surprise?halves"]
    app.run()
    assert [told["marks"] for told in messages(app)] == [["surprise?halves"]]


def test_forgetting_empties_the_session_too():
    app = run()
    app.button(key="earn").click().run()
    app.button(key="keep").click().run()
    app.session_state["kept_upload"] = "a file"
    app.button(key="forget").click().run()
    (told,) = messages(app)
    assert told["epoch"] > 0
    assert (told["marks"], told["values"]) == ([], {})
    assert "kept_upload" not in app.session_state


def test_what_merely_still_stands_on_a_page_is_not_earned_again():
    page = open_lesson("surprise")
    page.select_slider(key="p").set_value(0.125).run()
    assert "surprise/three_bits" in page.session_state[RECORD].marks
    page.session_state[RECORD].forget()
    page.session_state["moved_by_hand"] = set()  # as memory.forget_everything has it; see the browser test
    page.run()
    assert page.session_state[RECORD].marks == set()


def test_what_is_recalled_is_shown_by_a_page():
    app = AppTest.from_function(a_page)
    record = Record()
    record.set("round", [3, 4])
    record.kept = False
    app.session_state[RECORD] = record
    app.run()
    assert not app.exception
    shown = " ".join(element.value for element in app.markdown)
    assert "false" in shown.lower()
    assert [json.loads(element.value) for element in app.json][-1] == [3, 4]
    assert not says(app, "nothing")
