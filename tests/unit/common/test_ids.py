# SPDX-License-Identifier: MIT
"""Ids in the order they were made."""

import time
import uuid

from bldr_desktop.common.ids import ordered_id


def test_ids_are_uuids_in_the_order_they_were_made() -> None:
    made = []
    for _ in range(200):
        made.append(ordered_id())
        began = time.time_ns()
        while time.time_ns() - began < 1000:
            pass
    assert sorted(made) == made
    assert len(set(made)) == 200
    assert {uuid.UUID(one).version for one in made} == {7}
