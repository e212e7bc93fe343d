import type { Sentences } from './messages.ts'

type Nested = { [key: string]: string | Nested }

/**
 * Sentences of packages/istio as the console keeps them: nested texts under one code each, i18next's blanks `{{name}}`
 * as `{name}`.
 */
export function flatSentences(prefix: string, texts: Nested): Sentences {
  const out: Sentences = {}
  for (const [key, value] of Object.entries(texts)) {
    const code = prefix === '' ? key : `${prefix}.${key}`
    if (typeof value === 'string') out[code] = value.replace(/\{\{(\w+)\}\}/g, '{$1}')
    else Object.assign(out, flatSentences(code, value))
  }
  return out
}
