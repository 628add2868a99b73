"""An invented forum, made from a seed: plain frozen records that know neither tables nor files."""
