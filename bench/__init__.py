"""Measurements: run from the project's folder, each prints what it found. Never part of the tests."""
