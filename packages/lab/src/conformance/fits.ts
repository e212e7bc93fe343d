import { isRecord } from '@orbweaver/contracts/json'

/** The target did not behave as a check says it must. Anything else that a check throws is a fault of the suite. */
export class Difference extends Error {
  override readonly name = 'Difference'
}

/**
 * What a value must look like: objects name the keys that count (undefined: the key must be absent), lists are compared
 * whole, a RegExp is for texts, and a function is a question.
 */
export type Shape =
  | string
  | number
  | boolean
  | null
  | undefined
  | RegExp
  | ((value: unknown) => boolean)
  | readonly Shape[]
  | { readonly [key: string]: Shape }

/** Throws a Difference that names the first place where `actual` is not of this shape. */
export function fits(actual: unknown, shape: Shape, place = 'answer'): void {
  if (typeof shape === 'object' && shape !== null && !(shape instanceof RegExp)) partsFit(actual, shape, place)
  else if (!isRight(actual, shape)) differ(actual, shape, place)
}

type Leaf = Exclude<Shape, readonly Shape[] | { readonly [key: string]: Shape }> | RegExp

function isRight(actual: unknown, shape: Leaf): boolean {
  if (shape instanceof RegExp) return typeof actual === 'string' && shape.test(actual)
  return typeof shape === 'function' ? shape(actual) : actual === shape
}

function partsFit(actual: unknown, shape: readonly Shape[] | { readonly [key: string]: Shape }, place: string): void {
  if (isList(shape)) listFits(actual, shape, place)
  else if (!isRecord(actual)) differ(actual, shape, place)
  else for (const [key, wanted] of Object.entries(shape)) fits(actual[key], wanted, `${place}.${key}`)
}

function isList(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape)
}

function listFits(actual: unknown, shape: readonly Shape[], place: string): void {
  if (!Array.isArray(actual) || actual.length !== shape.length) differ(actual, shape, place)
  else for (const [index, wanted] of shape.entries()) fits(actual[index], wanted, `${place}[${index}]`)
}

function differ(actual: unknown, shape: Shape, place: string): never {
  throw new Difference(`${place}: expected ${told(shape)}, got ${told(actual)}`)
}

const longest = 1_500

function told(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function') return value.name === '' ? 'something else' : value.name
  if (value instanceof RegExp) return String(value)
  const whole = JSON.stringify(value, (_key, each: unknown) =>
    each instanceof RegExp || typeof each === 'function' ? `<${told(each)}>` : each,
  )
  return whole.length <= longest ? whole : `${whole.slice(0, longest)}…`
}

/** Any value that is there at all. */
export const something = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

const isOfShape = (value: unknown, shape: Shape): boolean => {
  try {
    fits(value, shape)
    return true
  } catch (error) {
    if (error instanceof Difference) return false
    throw error
  }
}

/** A list with an item of each of these shapes, in any order, among others. */
export const including = (...shapes: readonly Shape[]): ((value: unknown) => boolean) =>
  named(`a list with ${shapes.map(told).join(' and ')}`, (value) =>
    shapes.every((shape) => Array.isArray(value) && value.some((each) => isOfShape(each, shape))),
  )

/** A list without any item of this shape. */
export const without = (shape: Shape): ((value: unknown) => boolean) =>
  named(
    `a list without ${told(shape)}`,
    (value) => Array.isArray(value) && !value.some((each) => isOfShape(each, shape)),
  )

/** A number of at least this size. */
export const atLeast = (least: number): ((value: unknown) => boolean) =>
  named(`a number of at least ${least}`, (value) => typeof value === 'number' && value >= least)

/** Anything but these. */
export const not = (shape: Shape): ((value: unknown) => boolean) =>
  named(`not ${told(shape)}`, (value) => !isOfShape(value, shape))

function named(name: string, question: (value: unknown) => boolean): (value: unknown) => boolean {
  return Object.defineProperty(question, 'name', { value: name })
}
