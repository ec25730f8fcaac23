"""Saved views: whose they are, and who may share them."""

from domain.access import Actor, Forbidden, Right
from domain.errors import Refusal

MOST_OF_ONE = 200


class TooManyViews(Refusal):
    """Nobody finds anything among so many: remove some first."""


def check_sharing(actor: Actor, is_shared: bool) -> None:
    if is_shared and not actor.may(Right.VIEW_SHARE):
        raise Forbidden(f"Sharing a view needs the right {Right.VIEW_SHARE}.")


def check_editing(actor: Actor, owner_id: int, is_shared: bool) -> None:
    """One's own, and of others what is shared, by those who may share."""
    if owner_id != actor.staff_id and not (is_shared and actor.may(Right.VIEW_SHARE)):
        raise Forbidden("This view is somebody else's.")
