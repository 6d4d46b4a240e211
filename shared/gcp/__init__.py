"""Google Cloud back end. Only this package imports google.*; nothing is imported before it is needed."""
