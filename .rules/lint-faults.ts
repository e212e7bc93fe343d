/** One fault a lint rule: path → text, the first path being the one the rule must speak of. */
export type LintFault = { rule: string; files: Record<string, string> }

const lines = (count: number, line = (index: number) => `export const n${index} = ${index}`): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')
const branches = (count: number): string => lines(count, (index) => `  if (n === ${index}) return ${index}`)

const faults: Record<string, string | Record<string, string>> = {
  'max-lines': lines(301),
  'max-lines-per-function': `export function f(n: number) {\n  let sum = n\n${lines(60, () => '  sum += 1')}\n  return sum\n}`,
  complexity: `export function f(n: number) {\n${branches(11)}\n  return n\n}`,
  'max-params': 'export const f = (a: number, b: number, c: number, d: number) => a + b + c + d',
  'max-depth':
    'export function f(n: number) {\n  if (n > 1) {\n    if (n > 2) {\n      if (n > 3) {\n        if (n > 4) return 4\n      }\n    }\n  }\n  return n\n}',
  eqeqeq: 'export const f = (a: number, b: number) => a == b',
  'no-console': "console.log('seen')",
  'no-warning-comments': `// ${'TO'}${'DO'}: later\nexport const n = 1`,
  'no-restricted-globals': "export const f = () => fetch('http://127.0.0.1')",
  'no-restricted-imports': "import { Button, Modal } from 'antd'\nexport const both = [Button, Modal]",
  'no-restricted-properties': 'export const path = process.env.PATH',
  'typescript/no-explicit-any': 'export const f = (a: any): string => String(a)',
  'typescript/no-non-null-assertion': 'export const f = (a: string | undefined): string => a!',
  'typescript/consistent-type-assertions': 'export const f = (a: unknown) => a as string',
  'typescript/consistent-type-definitions': 'export interface Point {\n  x: number\n}',
  'typescript/ban-ts-comment': "// @ts-expect-error\nexport const n: number = 'text'",
  'typescript/no-floating-promises': 'const f = async () => 1\nexport const g = () => {\n  f()\n}',
  'typescript/no-misused-promises': 'export const f = (a: number[]) => a.filter(async (each) => each > 1)',
  'typescript/switch-exhaustiveness-check':
    "export function f(a: 'x' | 'y') {\n  let n = 0\n  switch (a) {\n    case 'x':\n      n = 1\n  }\n  return n\n}",
  'typescript/no-unnecessary-condition': "export const f = (a: string) => (a === undefined ? '' : a)",
  'typescript/no-unsafe-assignment': "export const n: number = JSON.parse('1')",
  'typescript/no-unsafe-return': 'export const f = (a: string): number => JSON.parse(a)',
  'typescript/no-unsafe-argument': 'export const f = (a: string) => Math.abs(JSON.parse(a))',
  'typescript/no-unsafe-member-access': 'export const f = (a: string): unknown => JSON.parse(a).b',
  'typescript/no-unsafe-call': 'export const f = (a: string): unknown => JSON.parse(a)()',
  'typescript/await-thenable': 'export const f = async (n: number) => await n',
  'import/no-cycle': {
    'turn.ts': "import { b } from './back.ts'\nexport const a = () => b",
    'back.ts': "import { a } from './turn.ts'\nexport const b = () => a",
  },
  'import/no-default-export': 'const n = 1\nexport default n',
  'unicorn/filename-case': { 'camelCase.ts': 'export const n = 1' },
  'react/no-unstable-nested-components': {
    'nested.tsx':
      "import { Fragment } from 'react'\nexport function Outer() {\n  function Inner() {\n    return <Fragment>a</Fragment>\n  }\n  return <Inner />\n}",
  },
  'react/rules-of-hooks': {
    'hook.tsx':
      "import { useState } from 'react'\nexport function Maybe({ on }: { on: boolean }) {\n  if (on) useState(1)\n  return <p>a</p>\n}",
  },
  'react/exhaustive-deps': {
    'deps.tsx':
      "import { useEffect, useState } from 'react'\nexport function Stale({ to }: { to: number }) {\n  const [n, set] = useState(0)\n  useEffect(() => set(to), [])\n  return <p>{n}</p>\n}",
  },
}

const inFolder = (folder: string, files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, `${text}\n`]))

export const lintFaults: readonly LintFault[] = Object.entries(faults).map(([rule, fault]) => ({
  rule,
  files: inFolder(rule.replace('/', '-'), typeof fault === 'string' ? { 'fault.ts': fault } : fault),
}))

/** What the overrides allow: no rule may speak of these. */
export const lintAllowed: Record<string, string> = {
  'allowed/env.ts': 'export const path = process.env.PATH\n',
  'packages/ui/allowed.ts': "import { Table } from 'antd'\nexport const table: unknown = Table\n",
  'allowed/vite.config.ts': 'const settings = { port: 1 }\nexport default settings\n',
  'allowed/long.test.ts': `export function long(n: number) {\n  let sum = n\n${lines(120, () => '  sum += 1')}\n  return sum\n}\n`,
  'allowed/page.tsx': `export function Page() {\n  let sum = 0\n${lines(90, () => '  sum += 1')}\n  return sum\n}\n`,
}
