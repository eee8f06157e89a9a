"""The application in front of the sample archive."""

from tests.pages.conftest import address, app, client, sample_index

__all__ = ["address", "app", "client", "sample_index"]
