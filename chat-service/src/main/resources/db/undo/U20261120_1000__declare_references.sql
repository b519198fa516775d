DROP FUNCTION chat.session_states(bigint[]);
DROP FUNCTION chat.hand_over(text, bigint, bigint);
DROP FUNCTION chat.references_to(text, bigint[], boolean);
DROP TABLE chat.declared_references;
