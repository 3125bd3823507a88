// `npm run --silent sbom > sbom.json`: the bill of materials of what is shipped, for whoever has to know what runs.
import { shippedBill } from './bill.mjs';

console.log(JSON.stringify(await shippedBill(), null, 2));
