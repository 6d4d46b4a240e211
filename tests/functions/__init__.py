"""Each function's main.py, loaded by functions-framework as the cloud loads it."""
