"""The only SQL: the engine, the schema, and one module of questions and writes per noun."""
