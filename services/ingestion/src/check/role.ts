/** Roles of an application, by the names of Amazon's developer console. None of them is restricted. */
export type Role =
  | 'Amazon Fulfillment'
  | 'Finance and Accounting'
  | 'Inventory and Order Tracking'
  | 'Pricing'
  | 'Product Listing'
  | 'Selling Partner Insights';
