// A reporter of coverage in a few lines: each folder below src/, with the sum of its layer before them.
const { dirname, relative } = require('node:path');

const KINDS = ['lines', 'branches', 'functions'];

module.exports = class CoverageByFolder {
  execute(context) {
    const folders = {};
    const onDetail = (file) => {
      const folder = dirname(relative('src', file.getFileCoverage().path));
      for (const name of [`all of ${folder.split('/')[0]}`, folder]) {
        folders[name] ??= KINDS.map(() => ({ covered: 0, total: 0 }));
        KINDS.forEach((kind, index) => {
          const { covered, total } = file.getCoverageSummary()[kind];
          folders[name][index].covered += covered;
          folders[name][index].total += total;
        });
      }
    };
    context.getTree('flat').visit({ onDetail }, context);
    console.log(row('covered by tests, %', KINDS));
    for (const [name, sums] of Object.entries(folders).sort()) console.log(row(name, sums.map(percent)));
  }
};

const row = (name, cells) => `  ${name.padEnd(24)}${cells.map((cell) => cell.padStart(12)).join('')}`;

const percent = ({ covered, total }) => (total === 0 ? '-' : ((100 * covered) / total).toFixed(1));
