import type { Area } from '../check.ts'
import { planes } from './injection-ground.ts'
import { withoutIstiod } from './istiod-down.ts'
import { injectors } from './istiod-injectors.ts'
import { validators } from './istiod-validators.ts'
import { roots } from './roots.ts'

export const webhooksAndRoots: Area = {
  title: 'Webhooks and roots of istiod',
  shares: planes,
  checks: [...injectors, ...validators, ...withoutIstiod, ...roots],
}
