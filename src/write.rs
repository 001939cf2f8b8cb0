//! Stage 8.
