"""Bus, store, processor, dispatcher, clock and SDK: what any system runs on."""
