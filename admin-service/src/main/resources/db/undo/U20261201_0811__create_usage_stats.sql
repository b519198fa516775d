DROP TABLE admin.usage_stats;
