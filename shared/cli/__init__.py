"""The command-line tool: one module per command, each with HELP, add(parser) and run(args)."""
