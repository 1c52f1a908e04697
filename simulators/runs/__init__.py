"""Whatever drives a country: the role `country`, submissions, demo, benches and in-memory runs."""
