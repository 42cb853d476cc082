/** The tag name of the custom element. */
export const elementName = 'anketa-form'
