import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Definition } from '../definition.ts'
import { fieldsMatch, parseFieldSelector } from '../selectors/fields.ts'
import { labelsMatch, parseLabelSelector, SelectorError } from '../selectors/labels.ts'
import { badRequest } from '../status.ts'

export type Selection = { empty: boolean; matches(object: KubernetesObject): boolean }

/** The label and field selectors of a list, watch or deletecollection. */
export function selectionOf(query: URLSearchParams, definition: Definition): Selection {
  try {
    const labels = parseLabelSelector(query.get('labelSelector') ?? '')
    const fields = parseFieldSelector(query.get('fieldSelector') ?? '', definition)
    const empty = labels.length === 0 && fields.length === 0
    return {
      empty,
      matches: (object) => empty || (labelsMatch(labels, labelsOf(object)) && fieldsMatch(fields, object)),
    }
  } catch (fault) {
    if (fault instanceof SelectorError) throw badRequest(fault.message)
    throw fault
  }
}

/** The revision a `resourceVersion` parameter names; undefined when it is not given. */
export function revisionParameter(query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion')
  if (text === null || text === '') return undefined
  if (!/^\d+$/.test(text))
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
    )
  return Number(text)
}
