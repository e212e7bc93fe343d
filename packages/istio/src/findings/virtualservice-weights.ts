import type { Finding } from '@orbweaver/contracts/plan'
import { at, type Json, listAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import { finding, type Judge } from './finding.ts'
import { routesOf } from './routes.ts'

/**
 * Weights of one route. Istio refuses negative ones and a sum of 0 (pkg/config/validation, validateWeights); other sums
 * are accepted as shares, and the weight of a single destination is not looked at.
 */
export const virtualServiceWeights: Judge = (world) =>
  world.config
    .list(kinds.virtualService)
    .flatMap((object) => routesOf(object).flatMap((each) => judgeRoute(world.config.cluster, object, each)))

type Route = { route: Json; pointer: string }

function judgeRoute(cluster: string, object: KubernetesObject, { route, pointer }: Route): Finding[] {
  const weights = listAt(route, 'route').map((each) => at(each, 'weight'))
  const refused = weights.flatMap((weight, index) =>
    weight === undefined || isWeight(weight)
      ? []
      : [{ weight: JSON.stringify(weight), pointer: `${pointer}/route/${index}/weight` }],
  )
  if (refused.length > 0) {
    return refused.map((each) =>
      finding({
        cluster,
        object,
        code: 'virtualservice.weight-refused',
        severity: 'rejected',
        pointer: each.pointer,
        params: { weight: each.weight },
        aliases: ['IST0106'],
      }),
    )
  }
  return judgeSum(cluster, object, { pointer: `${pointer}/route`, weights })
}

type Weights = { pointer: string; weights: (Json | undefined)[] }

function judgeSum(cluster: string, object: KubernetesObject, { pointer, weights }: Weights): Finding[] {
  const sum = weights.reduce<number>((total, each) => total + (typeof each === 'number' ? each : 0), 0)
  const stated = weights.some((each) => each !== undefined)
  const common = { cluster, object, pointer, params: { sum, count: weights.length } }
  if (weights.length > 1 && sum === 0) {
    return [finding({ ...common, code: 'virtualservice.weight-sum-zero', severity: 'rejected', aliases: ['IST0106'] })]
  }
  if (weights.length > 1 && sum !== 100) {
    return [finding({ ...common, code: 'virtualservice.weight-sum', severity: 'info' })]
  }
  if (weights.length === 1 && stated && sum !== 100) {
    return [finding({ ...common, code: 'virtualservice.weight-ignored', severity: 'info', aliases: ['KIA1104'] })]
  }
  return []
}

/** int32 in the CRD; what is no number at all the API server refuses by schema. */
function isWeight(weight: Json): boolean {
  return typeof weight === 'number' && Number.isInteger(weight) && weight >= 0
}
