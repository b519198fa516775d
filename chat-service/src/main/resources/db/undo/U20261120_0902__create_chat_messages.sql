DROP TABLE chat.chat_messages;
