import { at, isRecord, type Json, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, replace } from '../operations.ts'

const byPort: Code = { code: 'destinationrule.port-drops-policy', severity: 'info', istio: 'accepts' }
const bySubset: Code = { code: 'destinationrule.subset-drops-policy', severity: 'info', istio: 'accepts' }

/** What a port may say of its own, and of that what a subset replaces as a whole although it has parts. */
const settings = ['loadBalancer', 'connectionPool', 'outlierDetection', 'tls']
const parted = ['connectionPool', 'outlierDetection']

/**
 * Settings of a port are taken instead of all of the host's, those it does not say by default; a subset's take the place
 * of the host's setting by setting, each as a whole (istio pilot/pkg/networking/util, GetPortLevelTrafficPolicy;
 * pilot/pkg/model/destination_rule.go, MergeTrafficPolicy).
 */
export const replacedPolicy: Judge = {
  says: [byPort, bySubset],
  kinds: [kinds.destinationRule],
  judge: (subject) => [...ofPorts(subject), ...ofSubsets(subject)],
}

function ofPorts(subject: Subject): Finding[] {
  const policy = recordAt(subject.object, 'spec', 'trafficPolicy')
  return listAt(policy, 'portLevelSettings').flatMap((port, index) => {
    const pointer = `/spec/trafficPolicy/portLevelSettings/${index}`
    const lost = settings.filter((each) => isRecord(policy[each]) && at(port, each) === undefined)
    if (lost.length === 0) return []
    const operations = lost.map((each) => put(`${pointer}/${each}`, policy[each] ?? null))
    const params = { settings: lost.join(', '), port: numberAt(port, 'port', 'number') ?? 0 }
    const severity = lost.includes('tls') ? 'warning' : 'info'
    const fixes = [fix(subject, { code: 'repeat' }, operations)]
    return [found(subject, byPort, { pointer, params, fixes, severity })]
  })
}

function ofSubsets(subject: Subject): Finding[] {
  const policy = recordAt(subject.object, 'spec', 'trafficPolicy')
  return listAt(subject.object, 'spec', 'subsets').flatMap((subset, index) =>
    parted.flatMap((setting) => {
      const own = at(subset, 'trafficPolicy', setting)
      const lost = lostIn(policy[setting], own)
      if (lost.length === 0) return []
      const pointer = `/spec/subsets/${index}/trafficPolicy/${setting}`
      const value = { ...recordAt(policy, setting), ...recordAt(own) }
      const params = { setting, lost: lost.join(', '), subset: textAt(subset, 'name') ?? '' }
      const fixes = [fix(subject, { code: 'repeat' }, [replace(pointer, value)])]
      return [found(subject, bySubset, { pointer, params, fixes })]
    }),
  )
}

/** Fields of the host's setting that the subset's does not say. */
function lostIn(whole: Json | undefined, own: Json | undefined): string[] {
  return isRecord(own) ? Object.keys(recordAt(whole)).filter((key) => at(own, key) === undefined) : []
}
