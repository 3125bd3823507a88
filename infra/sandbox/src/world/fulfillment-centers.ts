const CENTERS: Readonly<Record<string, readonly string[]>> = {
  US: ['PHX3', 'ONT8', 'MDW2', 'BFI4', 'LEX2', 'TEB9'],
  CA: ['YYZ1', 'YVR3', 'YOW1'],
};

/** The fulfilment centres of a country; stock never crosses a border. */
export function centersOf(countryCode: string): readonly string[] {
  const centers = CENTERS[countryCode];
  if (!centers) throw new RangeError(`no fulfilment centre in ${countryCode}`);
  return centers;
}
