import type { FindingCode } from '@orbweaver/contracts/findings'
import { mentions, pageOf, sorted } from '@orbweaver/contracts/page'
import { severities } from '../findings/search.ts'

type Asked = {
  search?: string | undefined
  sort?: string | undefined
  order: 'asc' | 'desc'
  page: number
  size: number
}

/** The codes looked for, in the reader's words or by a name of theirs; who writes a whole code means that one. */
export function pageOfCodes(codes: readonly FindingCode[], asked: Asked, words: (code: string) => readonly string[]) {
  const named = codes.filter(({ code }) => code === asked.search)
  const found = codes.filter(({ code, aliases, kinds }) =>
    mentions(asked.search, [code, ...aliases, ...kinds, ...words(code)]),
  )
  const rank = ({ severity }: FindingCode) => severities.indexOf(severity)
  const ordered = sorted(
    named.length > 0 ? named : found,
    (each) => [asked.sort === 'severity' ? rank(each) : each.code, each.code],
    asked.order,
  )
  return pageOf(ordered, asked)
}
