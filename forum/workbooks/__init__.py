"""Workbooks of an office: sheets to clean records, records to sheets. A library that knows neither web nor tables."""
