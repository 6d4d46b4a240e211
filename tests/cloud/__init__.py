"""The whole system as in the cloud: every function a process of its own, between Google's emulators."""
