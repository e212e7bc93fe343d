/** What stands in the place of a name that the viewer may not know; each language has its own word for it. */
export const hiddenName = '⟨hidden⟩'
