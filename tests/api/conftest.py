"""The same application as for the pages."""

from tests.pages.conftest import app, bare_client, client, sample_index

__all__ = ["app", "bare_client", "client", "sample_index"]
