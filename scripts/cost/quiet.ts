// Imported first: what logs reads its level when it is loaded.
process.env.POWERTOOLS_LOG_LEVEL ??= "SILENT";
