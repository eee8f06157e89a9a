"""The application in front of the sample archive, for readers of several languages."""

from tests.pages.conftest import app, client, sample_index

__all__ = ["app", "client", "sample_index"]
