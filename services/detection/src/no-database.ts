/** What commands over stored facts say where `npm run events` found no database and none was named. */
export const NO_DATABASE =
  'There is no database to work on: start the product with `npm start`, or set DATABASE_URL.\n';
