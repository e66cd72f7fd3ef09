"""textsafe reads China's work-safety documents: who must do what by when, in which sector."""

__version__ = "0.1.0"
