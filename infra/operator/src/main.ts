import { commands } from './commands.js';

const USAGE = `usage: npm run events -- COMMAND [options]

${Object.entries(commands)
  .map(([name, { says }]) => `  ${name.padEnd(12)} ${says}\n`)
  .join('')}
COMMAND --help tells the options of each.
`;

const [name = '', ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) {
  // What runs next reads its own arguments.
  process.argv.splice(2, process.argv.length, ...rest);
  await command.run();
} else {
  const asked = name === '' || name === '--help' || name === 'help';
  process[asked ? 'stdout' : 'stderr'].write(
    asked ? USAGE : `There is no command ${name}\n\n${USAGE}`,
  );
  process.exitCode = asked ? 0 : 2;
}
