"""docker-compose.yml and Dockerfile, held against their specification and against the program."""
