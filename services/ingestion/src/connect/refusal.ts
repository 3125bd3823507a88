import type { ConnectReply } from '@recoup/contracts';

export type Refused = Extract<ConnectReply, { outcome: 'refused' }>;

/** What a seller reads when connecting was refused. */
const MESSAGES: Readonly<Record<Refused['code'], string>> = {
  amazon_refused: 'Amazon did not accept this authorization. Please try again from the beginning.',
  seller_already_connected: 'This Amazon seller is connected to another account.',
  already_connected: 'Another Amazon seller is connected to this account.',
  amazon_unavailable: 'Amazon could not be reached. Please try again in a few minutes.',
};

export function refuse(code: Refused['code'], message: string = MESSAGES[code]): Refused {
  return { outcome: 'refused', code, message };
}
