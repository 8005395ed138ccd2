# SPDX-License-Identifier: MIT
"""Single values: the first one may be written by several processes at once."""

import threading

from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.events import SqlEventLog
from bldr_desktop.engine.adapters.sql.values import add_value, count_up, get_value, put_value


def test_the_first_word_stays_or_the_last_one_does(database: Database) -> None:
    with database.write() as connection:
        assert get_value(connection, "a") is None
        add_value(connection, "a", "first")
        add_value(connection, "a", "second")
        assert get_value(connection, "a") == "first"
        put_value(connection, "a", "third")
        put_value(connection, "b", "new")
        assert (get_value(connection, "a"), get_value(connection, "b")) == ("third", "new")
        for _ in range(3):
            count_up(connection, "c")
        assert get_value(connection, "c") == "3"


def test_many_that_open_a_new_store_agree_on_its_epoch(database: Database) -> None:
    begin = threading.Barrier(8)
    epochs: list[str] = []

    def work() -> None:
        begin.wait()
        epochs.append(SqlEventLog(database).epoch)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(epochs) == 8
    assert len(set(epochs)) == 1
