"""Meeting schedules: problem, solve, check, explain, repair. A library that knows neither web nor tables."""
