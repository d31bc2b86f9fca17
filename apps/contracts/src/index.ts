export { Comment, CommentRejected, CommentService } from './comment.js';
export { Product, ProductNotFound, ProductPage, ProductService } from './product.js';
