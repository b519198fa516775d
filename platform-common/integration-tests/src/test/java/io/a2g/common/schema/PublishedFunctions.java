package io.a2g.common.schema;

import java.util.List;

/**
 * What the services may call in each other's schemas: role and function. Who publishes a function
 * writes it here, beside its GRANT in afterMigrate__grants.sql.
 */
final class PublishedFunctions {

  static final List<String> CALLABLE =
      List.of(
          "chat_app: agents.agent_names(bigint[])",
          "tracing_app: agents.agent_names(bigint[])",
          "chat_app: agents.agent_states(bigint[])",
          "tracing_app: agents.agent_states(bigint[])",
          "users_app: agents.hand_over(text,bigint,bigint)",
          "chat_app: agents.pin_agent(bigint,bigint,text,boolean)",
          "chat_app: agents.pin_agents(bigint[],bigint,text,boolean)",
          "tracing_app: agents.pin_agents(bigint[],bigint,text,boolean)",
          "tracing_app: agents.pin_agent(bigint,bigint,text,boolean)",
          "users_app: agents.references_to(text,bigint[],boolean)",
          "agents_app: chat.hand_over(text,bigint,bigint)",
          "users_app: chat.hand_over(text,bigint,bigint)",
          "tracing_app: chat.pin_session(bigint,text,bigint,boolean)",
          "agents_app: chat.references_to(text,bigint[],boolean)",
          "users_app: chat.references_to(text,bigint[],boolean)",
          "tracing_app: chat.session_states(bigint[])",
          "agents_app: tracing.hand_over(text,bigint,bigint)",
          "chat_app: tracing.hand_over(text,bigint,bigint)",
          "agents_app: tracing.references_to(text,bigint[],boolean)",
          "chat_app: tracing.references_to(text,bigint[],boolean)",
          "admin_app: users.caller_of_key(bytea)",
          "admin_app: users.find_api_key(bytea)",
          "agents_app: users.caller_of_key(bytea)",
          "agents_app: users.find_api_key(bytea)",
          "chat_app: users.caller_of_key(bytea)",
          "chat_app: users.find_api_key(bytea)",
          "tracing_app: users.caller_of_key(bytea)",
          "tracing_app: users.find_api_key(bytea)",
          "admin_app: users.caller_of_token(bigint,text)",
          "agents_app: users.caller_of_token(bigint,text)",
          "chat_app: users.caller_of_token(bigint,text)",
          "tracing_app: users.caller_of_token(bigint,text)",
          "admin_app: users.published_signing_keys()",
          "agents_app: users.published_signing_keys()",
          "chat_app: users.published_signing_keys()",
          "tracing_app: users.published_signing_keys()",
          "agents_app: users.pin_user(bigint)",
          "agents_app: users.pin_users(bigint[])",
          "chat_app: users.pin_users(bigint[])",
          "chat_app: users.pin_user(bigint)",
          "agents_app: users.user_contacts(bigint[])",
          "agents_app: users.user_names(bigint[])",
          "chat_app: users.user_names(bigint[])",
          "agents_app: users.user_states(bigint[])",
          "chat_app: users.user_states(bigint[])");

  private PublishedFunctions() {}
}
