export declare const testPostgresDir: () => string;
