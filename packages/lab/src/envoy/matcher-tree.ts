import { at, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { bitsIn } from './matchers.ts'

/** What trees of matchers ask of a connection. */
export type Matched = { readonly address: string; readonly port: number; readonly protocols: readonly string[] }

/** The name that a tree comes to, which is a filter chain's (xds type/matcher/v3, as waypoints have it). */
export function matchedName(matcher: Json, connection: Matched): string | undefined {
  return nameOf(chosen(at(matcher, 'matcher_tree'), connection), connection) ?? otherwise(matcher, connection)
}

function otherwise(matcher: Json, connection: Matched): string | undefined {
  return nameOf(at(matcher, 'on_no_match'), connection)
}

function nameOf(onMatch: Json | undefined, connection: Matched): string | undefined {
  const inner = at(onMatch, 'matcher')
  if (inner !== undefined) return matchedName(inner, connection)
  return textAt(onMatch, 'action', 'typed_config', 'value')
}

function chosen(tree: Json | undefined, { address, port, protocols }: Matched): Json | undefined {
  const exact = recordAt(tree, 'exact_match_map', 'map')
  switch (textAt(tree, 'input', 'name')) {
    case 'port':
      return exact[String(port)]
    case 'application-protocol':
      // As the input writes lists of texts.
      return exact[protocols.map((each) => `'${each}'`).join(',')]
    case 'ip':
      return narrowest(listAt(tree, 'custom_match', 'typed_config', 'range_matchers'), address)
    default:
      throw new Error(`no such input: ${JSON.stringify(at(tree, 'input'))}`)
  }
}

/** The match of the longest range. */
function narrowest(ranges: readonly Json[], address: string): Json | undefined {
  const found = ranges.flatMap((each) =>
    listAt(each, 'ranges').flatMap((range) => {
      const bits = bitsIn(range, address)
      return bits === undefined ? [] : [{ bits, onMatch: at(each, 'on_match') }]
    }),
  )
  return found.toSorted((a, b) => b.bits - a.bits)[0]?.onMatch
}
