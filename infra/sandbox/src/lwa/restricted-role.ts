/** Which sellers' grants lack the restricted roles: an application asks Amazon for them apart from all others. */
export interface RestrictedRole {
  /** Whether the application may see buyers and recipients of this seller's orders; yes until a door says no. */
  isGranted(sellerId: string): boolean;
  set(sellerId: string, granted: boolean): void;
}

export function restrictedRole(): RestrictedRole {
  const withheld = new Set<string>();
  return {
    isGranted: (sellerId) => !withheld.has(sellerId),
    set(sellerId, granted) {
      if (granted) withheld.delete(sellerId);
      else withheld.add(sellerId);
    },
  };
}
