export { caseDocument } from './page/case-document.js';
export { casePdf } from './page/case-pdf.js';
export { settingsSchema, type Settings } from './settings.js';
export { startGateway } from './start-gateway.js';
