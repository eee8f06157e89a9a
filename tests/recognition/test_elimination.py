"""Units that others can stand in for are left out of the network that ships."""

from __future__ import annotations

import numpy as np
import pytest

from training.recogniser.elimination import without_idle_units


@pytest.mark.parametrize("seed", range(5))
def test_what_others_can_say_is_left_out(seed: int) -> None:
    """Of units that are sums of others as many go as are sums, and the outputs stay."""
    random = np.random.default_rng(seed)
    own = random.normal(size=(400, 6))
    units = np.column_stack([own, own @ random.normal(size=(6, 4))])[:, random.permutation(10)]
    held = np.column_stack([units, np.ones(400)])
    last = random.normal(size=(11, 3))
    kept, mended = without_idle_units(held.T @ held / 400, last, 6)
    assert list(kept) == sorted(set(kept))
    assert np.allclose(held[:, [*kept, 10]] @ mended, held @ last, atol=0.05)


def test_the_idle_go_first() -> None:
    """A unit that is always the same goes before all others, and the bias says what it said."""
    units = np.random.default_rng(0).normal(size=(300, 4))
    units[:, 2] = 0.5
    held = np.column_stack([units, np.ones(300)])
    last = np.ones((5, 2))
    kept, mended = without_idle_units(held.T @ held / 300, last, 3)
    assert list(kept) == [0, 1, 3]
    assert np.allclose(mended[-1], 1.5, atol=0.01)
