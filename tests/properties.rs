//! Properties that must hold for every input.
