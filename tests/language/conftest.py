"""The application in front of the sample archive, and a browser."""

from tests.pages.conftest import address, app, browser, client, sample_index

__all__ = ["address", "app", "browser", "client", "sample_index"]
