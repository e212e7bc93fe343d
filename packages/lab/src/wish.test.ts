import { describe, expect, it } from 'vitest'
import { isMet, planOf, type Wish } from './wish.ts'

const nothing: Wish = { clusters: undefined, worlds: undefined, kubelets: undefined }
const worlds = (wish: Partial<Wish>) => planOf({ ...nothing, ...wish }).map(({ world }) => world)

describe('the plan of a lab', () => {
  it('is a hub and two empty members whose last node is a minor behind', () => {
    const kubelets = ['v1.36.3', 'v1.36.3', 'v1.35.4']
    expect(planOf(nothing)).toEqual([
      { name: 'hub', meshes: false, world: 'empty', kubelets },
      { name: 'member-1', meshes: true, world: 'empty', kubelets },
      { name: 'member-2', meshes: true, world: 'empty', kubelets },
    ])
  })

  it('gives worlds to members in order, the last also to the others', () => {
    expect(worlds({ worlds: ['demo'] })).toEqual(['empty', 'demo', 'demo'])
    expect(worlds({ clusters: 4, worlds: ['revisions', 'empty'] })).toEqual(['empty', 'revisions', 'empty', 'empty'])
    expect(worlds({ worlds: ['member-2=revisions'] })).toEqual(['empty', 'empty', 'revisions'])
    expect(worlds({ worlds: ['demo', 'member-2=empty'] })).toEqual(['empty', 'demo', 'empty'])
    expect(worlds({ clusters: 1, worlds: ['demo'] })).toEqual(['demo'])
  })

  it('gives kubelets to nodes in order', () => {
    expect(planOf({ ...nothing, kubelets: ['v1.36.3', 'v1.33.0'] })[0]?.kubelets).toEqual([
      'v1.36.3',
      'v1.33.0',
      'v1.33.0',
    ])
  })

  it.each<[Partial<Wish>, string]>([
    [{ worlds: ['moon'] }, 'no world moon: empty'],
    [{ worlds: ['hub=demo'] }, 'hub is none of member-1, member-2'],
    [{ worlds: ['demo', 'demo', 'demo'] }, 'more worlds than'],
    [{ kubelets: ['1.36.3'] }, 'v1.33.0 to v1.36.3'],
    [{ kubelets: ['v1.32.9'] }, 'v1.33.0 to v1.36.3'],
    [{ kubelets: ['v1.37.0'] }, 'v1.33.0 to v1.36.3'],
    [{ kubelets: ['v1.36.0', 'v1.36.0', 'v1.36.0', 'v1.36.0'] }, 'more than 3'],
  ])('cannot be %j', (wish, reason) => {
    expect(() => planOf({ ...nothing, ...wish })).toThrow(reason)
  })
})

describe('a lab that runs', () => {
  const running = planOf({ clusters: 2, worlds: ['demo'], kubelets: ['v1.35.0'] })

  it.each<Partial<Wish>>([{}, { clusters: 2 }, { worlds: ['member-1=demo'] }, { kubelets: ['v1.35.0'] }])(
    'is what %j asks for',
    (wish) => expect(isMet({ ...nothing, ...wish }, running)).toBe(true),
  )

  it.each<Partial<Wish>>([{ clusters: 3 }, { worlds: ['empty'] }, { kubelets: ['v1.36.3'] }])(
    'is not what %j asks for',
    (wish) => expect(isMet({ ...nothing, ...wish }, running)).toBe(false),
  )
})
