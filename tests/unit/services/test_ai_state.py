# SPDX-License-Identifier: MIT
"""Pieces in their place, gaps made good, ends of every dialect."""

from bldr_desktop.protocol.ai import AiResult, AiStatus, Conversation, Message
from bldr_desktop.services.ai_state import Exchange, Phase, take_status, take_task, take_token, thread_of


def token(index: int, delta: str, thought: bool = False) -> dict[str, object]:
    return {"type": "ai_token", "task_id": "t", "index": index, "delta": delta, "thought": thought}


def test_pieces_in_order_and_doubles() -> None:
    item = Exchange("?", phase=Phase.WAITING)
    for frame in (
        token(0, "мысль", True),
        token(1, "не "),
        token(1, "не "),
        token(2, "менее"),
        token(0, "x"),
    ):
        assert take_token(item, frame)
    assert (item.text, item.thoughts, item.phase) == ("не менее", "мысль", Phase.STREAMING)


def test_a_gap_is_seen_and_made_good_by_the_status() -> None:
    item = Exchange("?", phase=Phase.WAITING)
    assert take_token(item, token(0, "a"))
    assert not take_token(item, token(3, "d"))
    assert item.text == "a" and item.gap
    take_status(item, AiStatus(task_id="t", status="processing", text_so_far="abc", next_index=3))
    assert (item.text, item.next_index, item.gap) == ("abcd", 4, False)


def test_an_old_status_changes_nothing() -> None:
    item = Exchange("?", text="abc", next_index=3, phase=Phase.STREAMING)
    take_status(item, AiStatus(task_id="t", status="processing", text_so_far="a", next_index=1))
    assert item.text == "abc"


def test_ends_of_every_dialect() -> None:
    for frame, phase, text in (
        ({"status": "completed", "result": "A", "data": "B"}, Phase.DONE, "A"),
        ({"status": "completed", "data": "B", "log": "C"}, Phase.DONE, "B"),
        ({"status": "completed", "log": "C"}, Phase.DONE, "C"),
        ({"status": "cancelled", "result": "half"}, Phase.STOPPED, "half"),
        ({"status": "timeout", "message": "late"}, Phase.FAILED, "x"),
    ):
        item = Exchange("?", text="x", phase=Phase.STREAMING)
        take_task(item, frame)
        assert (item.phase, item.text) == (phase, text)
        take_task(item, {"status": "error", "error": "later"})
        assert item.phase is phase


def test_a_kept_conversation_is_read_with_its_unanswered_question() -> None:
    said = [
        Message(id="1", role="user", text="Q1", created_at=""),
        Message(id="2", role="assistant", text="A1", created_at="", result=AiResult(text="A1", model="m")),
        Message(id="3", role="user", text="Q2", created_at=""),
    ]
    thread = thread_of(Conversation(id="c", title="T", created_at="", updated_at="", messages=said))
    assert [(item.question, item.phase) for item in thread.exchanges] == [
        ("Q1", Phase.DONE),
        ("Q2", Phase.FAILED),
    ]
