"""Workbooks of an office: sheets to clean records and back. A library that knows neither web nor tables."""
