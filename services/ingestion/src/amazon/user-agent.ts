/** Amazon refuses calls whose user agent does not name a language in this form. */
export const USER_AGENT = 'Recoup/0.1 (Language=TypeScript; Platform=Node20)';
